"""Tidy frame + catalogue + look -> chart, table and export. Pure functions: no Streamlit, no SQL, no state."""
