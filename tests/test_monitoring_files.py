"""What Prometheus and Grafana are given: every metric, label and value that they name exists."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.alarms import AGAIN_AFTER
from bot.handlers.statistics import DAYS
from bot.monitoring.monitor import Monitor
from bot.monitoring.pages import gauges
from bot.monitoring.pulse import PATIENCE
from bot.monitoring.runs import LOOP, WITHIN
from bot.monitoring.tallying import EVERY
from bot.monitoring.watchdog import LIVES, WINDOW
from bot.settings import variables

DEPLOYMENT = Path(__file__).parents[1] / "docs" / "deployment"
ALERTS: dict[str, Any] = yaml.safe_load((DEPLOYMENT / "alerts.yaml").read_text(encoding="utf-8"))
DASHBOARD: dict[str, Any] = json.loads((DEPLOYMENT / "grafana.json").read_text(encoding="utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
PANELS: list[dict[str, Any]] = DASHBOARD["panels"]
PROMETHEUS_OWN = {"up"}

_METRIC = re.compile(r"\b(up|(?:onrecord|process)_\w+)\b(?:\{([^}]*)\})?")
_MATCHER = re.compile(r"(\w+)\s*(=~|!~|!=|=)\s*\"([^\"]*)\"")
_FROM_OUTSIDE = {"instance", "job"}
"""Labels that Prometheus adds."""


def expressions() -> Iterator[tuple[str, str]]:
    """Each expression with the name of where it stands."""
    for rule in RULES:
        yield rule["alert"], rule["expr"]
    for panel in PANELS:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


def samples() -> dict[str, list[dict[str, str]]]:
    """Every sample that the bot has from its start on: its name -> its labels."""
    monitor = Monitor()
    gauges(monitor)
    found: dict[str, list[dict[str, str]]] = {}
    for family in monitor.metrics.registry.collect():
        for sample in family.samples:
            found.setdefault(sample.name, []).append(dict(sample.labels))
    return found


SAMPLES = samples()


@pytest.mark.parametrize(("where", "expression"), [*expressions()])
def test_metrics_are_there(where: str, expression: str) -> None:
    """Each metric is one of the bot's; each label is one it has, each value one that it takes."""
    named = _METRIC.findall(expression)

    assert named, where
    for name, matchers in named:
        if name in PROMETHEUS_OWN:
            continue
        assert name in SAMPLES, f"{where}: {name}"
        for label, how, value in _MATCHER.findall(matchers):
            if label in _FROM_OUTSIDE:
                continue
            known = {labels[label] for labels in SAMPLES[name]}
            for each in value.split("|") if "~" in how else [value]:
                assert each in known, f"{where}: {name}: {label}={each}"


@pytest.mark.parametrize(("where", "expression"), [*expressions()])
def test_what_is_grouped_by_is_a_label(where: str, expression: str) -> None:
    """A label after `by` is one that a metric of the expression has."""
    names = [name for name, _ in _METRIC.findall(expression) if name in SAMPLES]
    labels = {label for name in names for each in SAMPLES[name] for label in each}

    for group in re.findall(r"\bby \(([^)]*)\)", expression):
        assert {each.strip() for each in group.split(",")} <= labels | _FROM_OUTSIDE, where


def test_all_that_is_measured_is_shown() -> None:
    """Each of our own metrics stands in the dashboard or in an alert; what nobody sees is waste."""
    text = " ".join(expression for _, expression in expressions())
    families = {re.sub(r"_(total|count|sum|bucket|created)$", "", name) for name in SAMPLES}

    assert [f for f in families if f.startswith("onrecord_") and f not in text] == [
        "onrecord_build_info"
    ]


def test_alerts_tell_what_to_do() -> None:
    """Each has a name of its own, says how bad it is, what it is and what helps; settings exist."""
    assert len({rule["alert"] for rule in RULES}) == len(RULES) > 10
    for rule in RULES:
        assert rule["labels"]["severity"] in {"page", "look"}
        assert {*rule["annotations"]} == {"summary", "action"}
        assert rule["alert"].startswith("OnRecord")
    text = (DEPLOYMENT / "alerts.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\bONRECORD_[A-Z_]*[A-Z]", text)) <= {*variables()}


def test_the_dashboard_is_one() -> None:
    """Panels have numbers and titles of their own, lie on the grid beside each other, and say a unit."""
    assert DASHBOARD["title"] == "On the Record"
    assert DASHBOARD["schemaVersion"] >= 36
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    assert len({panel["title"] for panel in PANELS}) == len(PANELS)
    taken: set[tuple[int, int]] = set()
    for panel in PANELS:
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert max(x for x, _ in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells
        assert panel["type"] in {"stat", "timeseries"}
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert [target["refId"] for target in panel["targets"]] == sorted(
            {target["refId"] for target in panel["targets"]}
        )
    variables_used = set(re.findall(r"\$\{?(\w+)", json.dumps(PANELS)))
    own = {each["name"] for each in DASHBOARD["templating"]["list"]}
    assert variables_used - {"__rate_interval"} == own


def test_the_operations_tell_the_numbers() -> None:
    """How long, how often: what an operator reads is what the code does."""
    assert (PATIENCE, LIVES, WINDOW) == (120, 5, 1800)
    assert (LOOP, WITHIN.total_seconds(), AGAIN_AFTER) == (3, 3600, 3600)
    assert (EVERY, DAYS) == (5, 7)


def promtool() -> str:
    """The path of Prometheus's own checker; without it the test is skipped, visibly."""
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not installed")
    return found


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the checker, and return how it ended."""
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_alerts_by_promtool() -> None:
    """Prometheus takes the rules."""
    ended = run(promtool(), "check", "rules", DEPLOYMENT / "alerts.yaml")

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_dashboard_by_promtool(tmp_path: Path) -> None:
    """Prometheus understands each expression of the dashboard."""
    plain = [
        expression.replace("$__rate_interval", "5m").replace("$instance", ".*")
        for _, expression in expressions()
    ]
    rules = [{"record": f"dashboard:{number}", "expr": each} for number, each in enumerate(plain)]
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}), "utf-8")
    ended = run(promtool(), "check", "rules", path)

    assert ended.returncode == 0, ended.stdout + ended.stderr


FAILING = 'onrecord_questions_total{outcome="failed",chat="private",instance="a"}'
NEWEST = "onrecord_corpus_newest_timestamp_seconds"
ANSWERED = 'onrecord_questions_total{outcome="answered",chat="private",instance="a"}'


@pytest.mark.parametrize(
    ("alert", "series", "at", "fires"),
    [
        ("OnRecordNotReady", {"onrecord_ready": "0x20"}, "10m", True),
        ("OnRecordNotReady", {"onrecord_ready": "1x20"}, "10m", False),
        ("OnRecordQuestionsFail", {FAILING: "0+1x40", ANSWERED: "0+9x40"}, "30m", True),
        ("OnRecordQuestionsFail", {FAILING: "0+1x40", ANSWERED: "0+90x40"}, "30m", False),
        ("OnRecordQuestionsFail", {FAILING: "0x20 1x20", ANSWERED: "0x40"}, "30m", False),
        ("OnRecordNewsIsOld", {NEWEST: "0x4500"}, "72h", False),
        ("OnRecordNewsIsOld", {NEWEST: "0x4500"}, "74h", True),
        (
            "OnRecordReloadFailed",
            {'onrecord_reloads_total{outcome="failed",cause="command"}': "0x10 1x30"},
            "20m",
            True,
        ),
    ],
)
def test_when_an_alert_fires(
    tmp_path: Path, alert: str, series: dict[str, str], at: str, *, fires: bool
) -> None:
    """As it should, and not otherwise."""
    (rule,) = (rule for rule in RULES if rule["alert"] == alert)
    alone = tmp_path / "rules.yaml"
    alone.write_text(yaml.safe_dump({"groups": [{"name": "one", "rules": [rule]}]}), "utf-8")
    value = {"expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})', "eval_time": at}
    expected = [{"labels": "{}", "value": 1}] if fires else []
    told = [{"series": name, "values": values} for name, values in series.items()]
    test = {
        "interval": "1m",
        "input_series": told,
        "promql_expr_test": [{**value, "exp_samples": expected}],
    }
    path = tmp_path / "tests.yaml"
    path.write_text(yaml.safe_dump({"rule_files": [str(alone)], "tests": [test]}), "utf-8")
    ended = run(promtool(), "test", "rules", path)

    assert ended.returncode == 0, ended.stdout + ended.stderr
