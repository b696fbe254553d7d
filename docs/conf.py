"""How the documentation is built."""

project = "returns903"
author = "The returns903 authors"
copyright = "2026, The returns903 authors"  # noqa: A001
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_format = "short"
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "returns903"
suppress_warnings = ["myst.xref_missing"]
