"""In which language a page speaks: what is marked in the source, the catalogues beside it, the choice of the reader."""
