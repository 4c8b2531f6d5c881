"""Forms of the pages that ask for more than an action takes."""
