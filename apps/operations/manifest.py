"""What the operation of the portal joins to the other apps; its pages stand above all of them."""

from apps.access.manifest import App

app = App(
    "operations",
    reference="loaders.reference.load_operations_reference",
    offers={
        "coedit.gates": ["middleware.texts_closed_to"],
        "access.gates": ["middleware.api_room_is_open"],
    },
)
