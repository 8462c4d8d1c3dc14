"""Settings from the environment, read once and frozen. Rule: nobody else reads os.environ."""

import os
from dataclasses import dataclass
from pathlib import Path

FIRST_ORGANISATION = ("exempelkommun", "Exempelkommun")


@dataclass(frozen=True)
class Settings:
    """Where the data lies, where the built app lies, and how the server is reached."""

    data: Path
    web: Path
    url: str | None = None
    trusted_proxies: str = "127.0.0.1"
    log_level: str = "info"
    starter: Path = Path("checklists")
    oidc: Path | None = None

    @property
    def database(self) -> Path:
        return self.data / "stormlykta.db"

    @property
    def high_water(self) -> Path:
        return self.data / "high-water.json"


def read_settings(data: str | None = None) -> Settings:
    """Settings from STORMLYKTA_DATA, STORMLYKTA_WEB, STORMLYKTA_URL, STORMLYKTA_TRUSTED_PROXIES, STORMLYKTA_LOG,
    STORMLYKTA_STARTER (the starter library) and STORMLYKTA_OIDC (a file about sign-in elsewhere); `data` overrides the first."""
    root = Path(__file__).resolve().parents[2]
    return Settings(
        data=Path(data or os.environ.get("STORMLYKTA_DATA") or "data"),
        web=Path(os.environ.get("STORMLYKTA_WEB") or root / "web" / "dist"),
        url=(os.environ.get("STORMLYKTA_URL") or "").rstrip("/") or None,
        trusted_proxies=os.environ.get("STORMLYKTA_TRUSTED_PROXIES") or "127.0.0.1",
        log_level=os.environ.get("STORMLYKTA_LOG") or "info",
        starter=Path(os.environ.get("STORMLYKTA_STARTER") or root / "checklists"),
        oidc=Path(os.environ["STORMLYKTA_OIDC"]) if os.environ.get("STORMLYKTA_OIDC") else None,
    )


def read_language() -> str:
    """`en` when the terminal's locale is English, else `sv`: the words of the command line."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "sv"
