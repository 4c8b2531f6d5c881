"""A command loads what it needs, and is not disturbed by the garbage collector while it does."""

import gc
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import manage
from apps.access import database_context
from caricom_portal import memory

PROJECT = Path(manage.__file__).parent
HEAVY = ("docx", "httpx", "icalendar", "openpyxl")
"""Packages that few commands use."""


@pytest.mark.parametrize("name", manage.PURE)
def test_a_pure_command_is_where_the_command_line_looks_for_it(name):
    assert importlib.import_module(manage.PURE[name]).Command().create_parser("manage.py", name)


def test_what_few_commands_need_is_not_loaded_with_the_actions_and_pages_of_all_apps():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'caricom_portal.settings'; django.setup();"
        "from apps.access.manifest import registry; registry.declare(); import caricom_portal.urls;"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert set(HEAVY) <= set(memory.LATER)


def test_garbage_is_looked_for_again_once_the_command_is_loaded(monkeypatch):
    seen = []
    monkeypatch.setattr(database_context, "_process", [*database_context._process])  # a command's process is its own
    monkeypatch.setattr(sys, "argv", ["manage.py", "version_of_nothing"])
    monkeypatch.setattr(
        "django.core.management.ManagementUtility.fetch_command",
        lambda self, name: type("Loaded", (), {"run_from_argv": lambda _self, argv: seen.append(gc.isenabled())})(),
    )
    gc.disable()
    try:
        manage.execute()
    finally:
        gc.enable()
    assert seen == [True]
