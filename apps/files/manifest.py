"""What files join to the other apps."""

from apps.access.manifest import App, Collection, Every

app = App(
    "files",
    urls={"files/": "urls"},
    collections=[
        Collection("files/uploads", "api.UploadViewSet"),
        Collection("files/attachments", "api.AttachmentViewSet"),
    ],
    clock=[
        Every("10m", "files.rescan", lane="slow"),
        Every("1h", "files.tidy", lane="slow"),
        Every("06:40", "files.purge", lane="slow"),
    ],
    registers={
        "files.owners": "{type of record: reading door} of records that may have attachments",
        "files.opened": "{type of record: called before the bytes of a file are sent}",
    },
    declares=["checks"],
)
