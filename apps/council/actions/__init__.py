"""Everything that changes the records of the Council. Importing declares the actions, those of all its modules.

The routes of the API and the pages of verbs are made from what is declared, so none may still be missing then.
"""

from importlib import import_module
from pkgutil import iter_modules

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
for package in ("papers", "procedures"):
    import_module(f"apps.council.{package}.actions")
