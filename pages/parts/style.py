"""The few rules of style that Streamlit's theme cannot say. Colours are the theme's own, so both schemes follow."""

# Drawn here: a named icon would be fetched from a font server, and the app asks nothing of other hosts.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1B5E9E"/>'
    '<path d="M6 23l7-8 5 5 8-11" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/>'
    '<circle cx="26" cy="9" r="2.6" fill="#F2B705"/></svg>'
)
STYLE = """
<style>
  .block-container { padding-top: 4.2rem; max-width: 1320px; }
  .st-key-language { position: fixed; top: .55rem; right: 9rem; z-index: 999991; width: auto; }
  .st-key-language button { min-height: 1.9rem; padding: .1rem .6rem; }
  .st-key-browser { position: absolute; height: 0; }
  [data-testid="stCaptionContainer"] p { line-height: 1.5; }
  [data-testid="stPageLink-NavLink"] { height: auto; }
  [data-testid="stPageLink-NavLink"] :is(span, p) { white-space: normal; overflow: visible; text-overflow: clip; }
  :is([data-testid="stMetricLabel"], [data-testid="stMetricValue"]) :is(div, p) { white-space: normal; overflow:
  visible; text-overflow: clip; }
  /* All that was chosen can be read: Streamlit scrolls the chosen words in one line and cuts long ones. */
  [data-testid=stMultiSelect] [role=group]:has(> [data-testid=stMultiSelectTagsContainer]) { max-height: none; }
  [data-testid=stMultiSelectTagsContainer] { flex-wrap: wrap; overflow: visible; mask-image: none; height: auto;
  min-width: 0; }
  [data-testid=stMultiSelectTagsContainer] [data-tag] { max-width: 100%; height: auto; }
  [data-testid=stMultiSelectTagsContainer] [data-tag] > span { white-space: normal; }
  /* Many chosen regions get the room of a row, not a tower of single names. */
  .st-key-compare-r:has([data-tag] ~ [data-tag] ~ [data-tag]) { flex: 3 1 22rem !important; }
  .st-key-data-sql textarea { font-family: ui-monospace, SFMono-Regular, Consolas, monospace; font-size: .88rem;
  line-height: 1.5; }
  mark { background: color-mix(in srgb, #F2B705 45%, transparent); color: inherit; padding: 0 .15em; border-radius:
  3px; font-weight: 600; }
  .evidence-sentence { font-size: 1.05rem; line-height: 1.9; border-left: 3px solid color-mix(in srgb, currentColor
  25%, transparent);
    padding: .2rem 0 .2rem .9rem; margin: .2rem 0 .6rem; overflow-wrap: anywhere; }
  dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .9rem; margin: .2rem 0 .6rem;
  padding: 0; font-size: .92rem; }
  dl.facts dt, dl.facts dd { margin: 0; padding: 0; }
  dl.facts dt { opacity: .65; }
  dl.facts dd { margin: 0; overflow-wrap: anywhere; }
  .evidence-table { overflow-x: auto; margin: .2rem 0 .6rem; }
  .evidence-table table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
  .evidence-table th, .evidence-table td { padding: .3rem .7rem; text-align: right; white-space: nowrap;
    border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
  .evidence-table th { white-space: normal; min-width: 4.5em; vertical-align: bottom; }
  .evidence-table th:first-child, .evidence-table td:first-child { text-align: left; }
  .evidence-table th { opacity: .65; font-weight: 500; }
  @media (max-width: 640px) {
    .st-key-language { right: 3.6rem; }
    [data-testid="stStatusWidget"] { display: none; }
    [data-testid="stMetricValue"] { font-size: 1.4rem; }
    .block-container { padding-left: .9rem; padding-right: .9rem; }
    dl.facts { grid-template-columns: 1fr; gap: .05rem; }
    dl.facts dd { margin-bottom: .35rem; }
  }
</style>
"""
