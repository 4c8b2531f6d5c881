"""Build static/vendor/editor from package-lock.json: `python apps/coedit/bundle/build.py [folder with node_modules]`.

For a developer's machine with npm; the portal itself needs neither npm nor node. The same lock file gives the same
bytes. Without a folder the packages are installed into a temporary one, without running their scripts.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[2] / "static" / "vendor" / "editor"
ESBUILD = "node_modules/@esbuild/linux-x64/bin/esbuild"
HEAD = """Licences of what static/vendor/editor/editor.js contains, as the packages carry them.
MANIFEST.json lists the packages with their versions.
"""


def build(work: Path) -> None:
    """Write the bundle, the list of its packages and their licences."""
    shutil.copy(HERE / "entry.mjs", work)
    meta = work / "meta.json"
    command = [str(work / ESBUILD), "entry.mjs", "--bundle", "--minify", "--format=esm", "--target=es2022",
               "--charset=utf8", f"--outfile={work / 'editor.js'}", f"--metafile={meta}"]  # fmt: skip
    subprocess.run(command, cwd=work, check=True)  # noqa: S603 - our own command
    inputs = json.loads(meta.read_text())["inputs"]
    once = [name for name in inputs if name.endswith("node_modules/yjs/dist/yjs.mjs")]
    if len(once) != 1:
        raise SystemExit(f"yjs must be contained exactly once, not {len(once)} times")
    packages = contained(work, inputs)
    bundle = (work / "editor.js").read_bytes()
    manifest = {"file": "editor.js", "sha256": hashlib.sha256(bundle).hexdigest(), "packages": packages}
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "editor.js").write_bytes(bundle)
    (TARGET / "MANIFEST.json").write_text(json.dumps(manifest, indent=1) + "\n")
    (TARGET / "LICENSES.txt").write_text(HEAD + "".join(licence(work, one) for one in packages))


def contained(work: Path, inputs: dict[str, Any]) -> list[dict[str, str]]:
    """The packages that files of the bundle come from: name, version, licence, and the tarball's integrity."""
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    folders = sorted({_package(name) for name in inputs if "node_modules/" in name})
    found = []
    for folder in folders:
        about = json.loads((work / folder / "package.json").read_text())
        found.append(
            {
                "package": about["name"],
                "version": about["version"],
                "licence": about["license"],
                "integrity": locked[folder]["integrity"],
            }
        )
    return found


def _package(path: str) -> str:
    parts = path.split("/")
    at = len(parts) - 1 - parts[::-1].index("node_modules")
    return "/".join(parts[: at + (3 if parts[at + 1].startswith("@") else 2)])


def licence(work: Path, one: dict[str, str]) -> str:
    """The licence text of one package."""
    folder = work / "node_modules" / one["package"]
    texts = [path for path in sorted(folder.iterdir()) if path.name.lower().startswith(("license", "licence"))]
    text = texts[0].read_text().strip() if texts else f"{one['licence']} (the package carries no text of its own)"
    return f"\n{'=' * 100}\n{one['package']} {one['version']}\n\n{text}\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, folder)
            subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=folder, check=True)  # noqa: S607 - a developer's npm
            build(Path(folder))
