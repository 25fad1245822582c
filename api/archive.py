"""Opens the archive that the settings name: a folder, or a bucket with what it takes to reach it; reads and writes no document."""

from pathlib import Path
from urllib.parse import urlsplit

from casework.settings import SettingFault, Settings
from storage.documents.archive import Archive, open_archive
from storage.documents.objects import Bucket
from words import sentence

_SCHEME = "s3://"


def archive_of(settings: Settings) -> Archive:
    """Open it; uploads wait on this machine's own disk, in the data folder where the documents themselves are elsewhere."""
    named = settings.documents or ""
    if named.startswith(_SCHEME):
        return open_archive(settings.data / "documents", _bucket(settings, named))
    return open_archive(Path(named) if named else settings.data / "documents", None)


def _bucket(settings: Settings, named: str) -> Bucket:
    parts = urlsplit(named)
    if not parts.netloc:
        raise SettingFault(
            "LIANBAN_DOCUMENTS", sentence("it names no bucket"), sentence("Write it as s3://bucket/prefix, or name a folder")
        )
    if settings.s3_endpoint is None or urlsplit(settings.s3_endpoint).scheme not in {"http", "https"}:
        raise SettingFault("LIANBAN_S3_ENDPOINT", sentence("it is missing or no address"), sentence("Write it as https://host:port"))
    if settings.s3_key is None or settings.s3_secret is None:
        raise SettingFault(
            "LIANBAN_S3_SECRET",
            sentence("it or LIANBAN_S3_KEY is missing"),
            sentence("Give both, the secret best in LIANBAN_S3_SECRET_FILE"),
        )
    return Bucket(
        name=parts.netloc,
        prefix=parts.path.strip("/"),
        endpoint=settings.s3_endpoint.rstrip("/"),
        region=settings.s3_region,
        key_id=settings.s3_key,
        secret=settings.s3_secret,
    )
