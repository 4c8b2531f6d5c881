"""Everything that reads for reports: sources of sentences, compiling, pages."""
