"""Documents as bytes: PDF and DOCX from one description, pure."""
