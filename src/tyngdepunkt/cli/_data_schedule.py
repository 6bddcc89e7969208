"""`tyngdepunkt data schedule`: systemd timers that fetch from every source that can be fetched unattended."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tyngdepunkt import settings
from tyngdepunkt.cli._data_view import Lang, say
from tyngdepunkt.cli._help import told

WEEKLY = (
    *("klass", "kartverket municipalities", "kartverket boundaries"),
    *("register entities", "register workplaces"),
)
"""What is fetched before the figures, each by itself."""
DAILY = ("changes entities", "changes workplaces")
VACANCIES = "vacancies"
_TOKEN = "TYNGDEPUNKT_NAV_TOKEN_FILE"  # noqa: S105


@told("schedule")
def schedule(
    *,
    when: str = "Mon *-*-* 09:30",
    daily: str = "*-*-* 06:15",
    lang: Lang = None,
) -> None:
    """Print systemd timers that fetch from every source and run `data refresh`; nothing is installed.

    Args:
        when: time of the refresh in the form of systemd.time(7), OnCalendar.
        daily: time at which what changes every day is fetched: vacancies and changes in the register.
        lang: language of the comments.
    """
    from tyngdepunkt.errors import Fault, UserError

    wrong = [time for time in (when, daily) if not time.strip() or not time.isprintable()]
    if wrong:
        raise UserError(*(Fault("places:not_a_time", {"time": time[:40]}) for time in wrong))
    wanted = lang or settings.language()
    token = settings.nav_token().file
    has_token = bool(token) and token.isprintable()
    each_day = (*DAILY, VACANCIES) if has_token else DAILY
    notes = ["fails", *(() if has_token else ("token",)), "by_hand", "stops"]
    units = [
        *_units("refresh", WEEKLY, when, wanted, last="refresh"),
        *_units("daily", each_day, daily, wanted, token=token if has_token else ""),
        "# systemctl --user daemon-reload",
        "# systemctl --user enable --now tyngdepunkt-refresh.timer tyngdepunkt-daily.timer",
        *(f"# {say(f'data.schedule.{note}', wanted)}" for note in notes),
    ]
    print("\n".join(units))


def _units(
    name: str, asked: Sequence[str], when: str, lang: str, *, last: str = "", token: str = ""
) -> list[str]:
    """A service that runs `data` commands one after the other, and its timer.

    What may fail has a minus sign before it, so that the next is run all the same; the last one has none.
    """
    title = say(f"data.schedule.{name}", lang)
    command, data = _in_unit(str(Path(sys.argv[0]).resolve())), _in_unit(str(settings.data_folder()))
    head = ["[Unit]", f"Description={title}"]
    return [
        f"# ~/.config/systemd/user/tyngdepunkt-{name}.service",
        *head,
        *("Wants=network-online.target", "After=network-online.target", ""),
        *("[Service]", "Type=oneshot", f'Environment="TYNGDEPUNKT_DATA={data}"'),
        *([f'Environment="{_TOKEN}={_in_unit(str(Path(token).resolve()))}"'] if token else []),
        *(f'ExecStart=-"{command}" data {each}' for each in asked),
        *([f'ExecStart="{command}" data {last}'] if last else []),
        "",
        f"# ~/.config/systemd/user/tyngdepunkt-{name}.timer",
        *head,
        *("", "[Timer]", f"OnCalendar={when.strip()}", "RandomizedDelaySec=30min", "Persistent=true", ""),
        *("[Install]", "WantedBy=timers.target", ""),
    ]


def _in_unit(text: str) -> str:
    """Text between quotation marks of a unit file, where these signs mean something: systemd.unit(5)."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
