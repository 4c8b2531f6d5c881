"""How Sphinx makes a site of these pages: `make docs`."""

project = "CARICOM security portal"
extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["screens", "conf.py"]
myst_heading_anchors = 4
html_theme = "alabaster"
html_theme_options = {"fixed_sidebar": True, "show_powered_by": False}
html_show_copyright = False
html_copy_source = False
# pages are found by the lists of index.md; diagrams are shown as their text; links to source files lead out of the
# site; a guide has a line [help] in each section
suppress_warnings = ["toc.not_included", "misc.highlighting_failure", "myst.xref_missing", "myst.duplicate_def"]
