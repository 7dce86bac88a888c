"""The pages in the order of the navigation, with their icons; a page's address is its name."""

from __future__ import annotations

PAGES = {
    "overview": ":material/dashboard:",
    "trends": ":material/show_chart:",
    "compare": ":material/leaderboard:",
    "region": ":material/location_on:",
    "reports": ":material/article:",
    "data": ":material/table_view:",
    "briefing": ":material/slideshow:",
    "method": ":material/menu_book:",
}
