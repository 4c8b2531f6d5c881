"""The running portal's source builds no code, template, shell or object out of what somebody sends."""

import ast
import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAMES = {"eval", "exec", "compile", "__import__"}
CALLS = {"os.system", "os.popen", "engines.from_string", "engine.from_string", "yaml.load", "yaml.unsafe_load"}
"""`yaml.load` with a loader that makes plain values alone is none."""
UNPICKLES = {"pickle", "marshal", "shelve", "dill", "joblib"}
TEMPLATES = {"django.template.Template", "jinja2"}
LIKELY = re.compile(
    r"\b(eval|exec|compile|__import__|system|popen|from_string|load|unsafe_load|pickle|marshal|shelve|dill|joblib"
    r"|Template|jinja2|shell)\b"
)


def dotted(node: ast.AST) -> str:
    """ "os.system" of such an expression; "" of another."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def offences(text: str) -> list[str]:
    """What a module does that it should not."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = dotted(node.func)
            has_shell = any(
                one.arg == "shell" and getattr(one.value, "value", True) is not False for one in node.keywords
            )
            is_safe = any(one.arg == "Loader" and "SafeLoader" in ast.dump(one.value) for one in node.keywords)
            if (
                name in NAMES | CALLS - ({"yaml.load"} if is_safe else set())
                or name.endswith(".from_string")
                or has_shell
            ):
                found.append(f"{node.lineno}: {name}")
        elif isinstance(node, ast.Import):
            found += [each.name for each in node.names if each.name.split(".")[0] in UNPICKLES | TEMPLATES]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
            found += sorted(whole & TEMPLATES) + [node.module for one in UNPICKLES if node.module.split(".")[0] == one]
    return found


def test_no_module_builds_code_templates_commands_or_objects_from_text():
    found = {}
    for root in ("apps", "caricom_portal"):
        for path in (PROJECT / root).rglob("*.py"):
            text = path.read_text()
            if LIKELY.search(text) and (wrong := offences(text)):
                found[str(path.relative_to(PROJECT))] = wrong
    assert found == {}


def test_the_test_itself_sees_offences():
    for text in (
        "eval(x)", "exec(x)", "import pickle", "from pickle import loads", "from django.template import Template",
        "subprocess.run(x, shell=True)", "yaml.load(x)", "yaml.load(x, Loader=yaml.Loader)",
        "import os\nos.system(x)", "engines['django'].from_string(x)",
    ):  # fmt: skip
        assert LIKELY.search(text), text
        assert offences(text), text
    for text in (
        "re.compile(x)",
        "json.load(x)",
        "subprocess.run(['a'])",
        "subprocess.run(['a'], shell=False)",
        "yaml.load(x, Loader=SafeLoader)",
    ):
        assert offences(text) == []


def test_no_template_lets_markup_through_unread():
    pages = [*(PROJECT / "templates").rglob("*.html"), *PROJECT.glob("apps/*/templates/**/*.html")]
    assert len(pages) > 100
    through = {
        str(page.relative_to(PROJECT)) for page in pages if re.search(r"\|safe\b|autoescape off", page.read_text())
    }
    assert through == set()
