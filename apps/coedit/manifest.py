"""What writing together joins to the other apps."""

from apps.access.manifest import App, Every

app = App(
    "coedit",
    clock=[
        Every("1m", "coedit.tick", lane="clock"),
    ],
    registers={
        "coedit.rules": "who may read or write a text; the last one holds",
        "coedit.gates": "asked with an actor's party whether all texts are closed to it now",
    },
)
