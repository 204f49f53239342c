"""What the bot is deployed with: image, services, unit, proxies, hashes. No engine is needed for it."""

import ast
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import COMMANDS, parser
from bot.delivery.web import LARGEST_BODY
from bot.settings import variables
from bot.settings.endpoint import Endpoint
from tests import licences

ROOT = Path(__file__).parents[1]
DEPLOYMENT = ROOT / "docs" / "deployment"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOYMENT / "onrecord.service").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
BOTS = {name: each for name, each in COMPOSE["services"].items() if name.startswith("bot")}
FILES = ["Dockerfile", "compose.yaml", "docs/deployment/onrecord.service", "docs/operations.md"]
SOURCES = [p for f in ("bot", "corpus", "retrieval") for p in sorted((ROOT / f).rglob("*.py"))]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool, and return how it ended."""
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def tool(name: str) -> str:
    """The path of a tool; without it the test is skipped, visibly."""
    found = shutil.which(name) or shutil.which(str(Path(sys.executable).parent / name))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("name", FILES)
def test_no_setting_is_made_up(name: str) -> None:
    """Each variable that is set is one that the bot reads."""
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:ONRECORD|TELEGRAM)_[A-Z_]*[A-Z]", text))

    assert named
    assert named <= {*variables()}


def test_dockerfile_by_hadolint() -> None:
    """The linter of Dockerfiles finds nothing."""
    ended = run(tool("hadolint"), ROOT / "Dockerfile")

    assert (ended.returncode, ended.stdout) == (0, "")


def test_the_image() -> None:
    """It has a user without rights, a health check, a stop signal, and installs by hash only."""
    instructions = re.findall(r"^([A-Z]+) (.*)$", DOCKERFILE, re.MULTILINE)
    last = dict(instructions)

    assert last["USER"] == "10001:10001"
    assert "ONRECORD_HEARTBEAT" in DOCKERFILE.partition("HEALTHCHECK")[2]
    assert last["STOPSIGNAL"] == "SIGTERM"
    assert last["ENTRYPOINT"] == '["onrecord"]'
    assert all("--require-hashes" in line or "--no-index" in line for line in _installs())
    assert "TELEGRAM_BOT_TOKEN" not in DOCKERFILE
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((ROOT / name).exists() for name in copied.split()), copied


def _installs() -> list[str]:
    return re.findall(r"pip (?:install|wheel) .*", DOCKERFILE)


def test_what_is_copied_is_not_ignored() -> None:
    """.dockerignore lets in what the Dockerfile copies, and no secret."""
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }

    assert copied == let_in


@pytest.mark.parametrize("name", BOTS)
def test_services_are_hardened(name: str) -> None:
    """Each bot has a root that is read-only, no rights, bounds, and time to finish."""
    service = BOTS[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["mem_limit"]
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
    assert "TELEGRAM_BOT_TOKEN" not in service["environment"]
    assert any(volume.endswith("/corpus:ro") for volume in service["volumes"])


def test_services_hang_together() -> None:
    """Every volume, secret and service that one names is there, and what is there is named."""
    services = COMPOSE["services"].values()
    volumes = {v.partition(":")[0] for s in services for v in s["volumes"] if v[0] not in "./"}
    secrets = {secret for service in services for secret in service.get("secrets", ())}
    needed = {name for service in services for name in service.get("depends_on", ())}

    assert volumes == {*COMPOSE["volumes"]}
    assert secrets == {*COMPOSE["secrets"]}
    assert needed <= {*COMPOSE["services"]}
    assert [name for name, service in BOTS.items() if "profiles" not in service] == ["bot"]


def test_bots_behind_the_webhook_share_all() -> None:
    """They listen where the proxy passes on to, at the path that it lets through."""
    one, two = BOTS["bot-a"], BOTS["bot-b"]
    endpoint = Endpoint.parse(one["environment"]["ONRECORD_WEBHOOK_LISTEN"])
    caddy = (DEPLOYMENT / "Caddyfile").read_text(encoding="utf-8")
    path = one["environment"]["ONRECORD_WEBHOOK_URL"].rpartition("/")[2]

    assert one == two
    assert f"reverse_proxy bot-a:{endpoint.port} bot-b:{endpoint.port}" in caddy
    assert f"path /{path}" in caddy
    assert f"max_size {LARGEST_BODY >> 20}MB" in caddy


def test_compose_by_docker() -> None:
    """Docker's own reading of the file finds nothing."""
    docker = tool("docker")
    if run(docker, "compose", "version").returncode:
        pytest.skip("docker has no compose")
    ended = run(docker, "compose", "--file", ROOT / "compose.yaml", "config", "--quiet")

    assert ended.returncode == 0, ended.stderr


def test_unit_by_systemd(tmp_path: Path) -> None:
    """systemd finds nothing wrong, and calls it well shut off."""
    analyze = tool("systemd-analyze")
    unit = tmp_path / "onrecord.service"
    # Nothing is installed in /opt here.
    unit.write_text(re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", UNIT), encoding="utf-8")
    verified = run(analyze, "verify", "--man=no", unit)
    rated = run(analyze, "security", "--offline=true", "--threshold=20", unit)

    assert (verified.returncode, verified.stderr) == (0, "")
    assert rated.returncode == 0, rated.stdout[-500:]


def test_the_unit() -> None:
    """It starts the bot again, gives it time to finish, and the token stands in no environment."""
    assert re.search(r"^ExecStart=\S+/onrecord run$", UNIT, re.MULTILINE)
    assert "Restart=always" in UNIT
    assert "TELEGRAM_BOT_TOKEN_FILE=%d/token" in UNIT
    assert not re.search(r"TELEGRAM_BOT_TOKEN=", UNIT)
    stop = re.search(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)
    assert stop is not None
    assert int(stop[1]) > 10


def test_nginx_by_nginx(tmp_path: Path) -> None:
    """nginx takes its file."""
    nginx = tool("nginx")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    assert run(tool("openssl"), *made, "-keyout", key, "-out", certificate).returncode == 0
    text = (DEPLOYMENT / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"(ssl_certificate) .*;", rf"\1 {certificate};", text)
    text = re.sub(r"(ssl_certificate_key) .*;", rf"\1 {key};", text)
    whole = tmp_path / "nginx.conf"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    head = f"pid {tmp_path}/pid; error_log stderr;"
    whole.write_text(f"{head} events {{}} http {{ access_log off; {own} {text} }}", "utf-8")
    ended = run(nginx, "-t", "-p", tmp_path, "-c", whole)

    assert ended.returncode == 0, ended.stderr


def test_caddyfile_by_caddy() -> None:
    """Caddy takes its file."""
    ended = run(tool("caddy"), "adapt", "--config", DEPLOYMENT / "Caddyfile")

    assert ended.returncode == 0, ended.stderr


def test_proxies_hide_all_but_the_path() -> None:
    """Both pass one path on, by POST, and refuse the rest; the size is bounded as the bot bounds it."""
    nginx = (DEPLOYMENT / "nginx.conf").read_text(encoding="utf-8")

    assert "location = /telegram" in nginx
    assert "limit_except POST" in nginx
    assert f"client_max_body_size {LARGEST_BODY >> 20}m;" in nginx
    assert "127.0.0.1:8080" in nginx


def test_hashes_are_those_of_the_pins() -> None:
    """What is installed by hash is what constraints.txt names, and all of it."""
    ended = run(sys.executable, ROOT / "scripts" / "lock.py", "--check")

    assert (ended.returncode, ended.stdout) == (0, "")


@pytest.mark.parametrize("path", sorted((ROOT / "scripts" / "locked").iterdir()), ids=str)
def test_every_line_has_a_hash_and_no_host(path: Path) -> None:
    """Nothing is installed that was not seen before, from wherever it comes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kinds = (r"#.*", r"", r"[\w.-]+==[\w.]+ \\", r"    --hash=sha256:[0-9a-f]{64}( \\)?")

    assert all(any(re.fullmatch(kind, line) for kind in kinds) for line in lines)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert line.endswith("\\") == following.startswith("    --hash"), line


def calls(path: Path) -> Iterator[str]:
    """The names of all that a file calls and imports, with dots."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


DANGEROUS = re.compile(
    r"(builtins\.)?(eval|exec|compile|__import__)"
    r"|(pickle|dill|shelve|marshal|joblib|subprocess|pty|ctypes|telnetlib)(\..*)?"
    r"|os\.(system|popen|exec\w*|spawn\w*|posix_spawn\w*|fork\w*)"
    r"|asyncio\.create_subprocess_\w+"
    r"|yaml\.(load|load_all|full_load|unsafe_load|Loader|UnsafeLoader|FullLoader)"
    r"|(numpy|np)\.(load|loadtxt|fromfile)"
    r"|tempfile\.mktemp"
)


STARTS_ITSELF = ("bot/child.py", "bot/crew.py")
"""Modules that start this program's own processes, to read and index a big corpus beside the bot."""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_dangerous_is_called(path: Path) -> None:
    """No code from data: no eval, no pickle, no shell, no program but our own, no YAML that makes objects."""
    found = {name for name in calls(path) if DANGEROUS.fullmatch(name)}

    if str(path.relative_to(ROOT)) in STARTS_ITSELF:
        assert {name for name in found if not name.startswith("subprocess")} == set()
        assert "shell=" not in path.read_text(encoding="utf-8")
        assert programs(path) == {"sys.executable"}
    else:
        assert found == set()


def programs(path: Path) -> set[str]:
    """The first words of all commands that *path* has: lists that begin with a name and an option."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lists = (node.elts for node in ast.walk(tree) if isinstance(node, ast.List))
    return {
        ast.unparse(first)
        for first, option, *_ in (items for items in lists if len(items) > 1)
        if isinstance(option, ast.Constant) and str(option.value).startswith("-")
    }


@pytest.mark.parametrize(
    "code",
    ["eval('1')", "import pickle", "from subprocess import run", "os.system('x')", "yaml.load(a)"],
)
def test_what_is_dangerous_would_be_found(tmp_path: Path, code: str) -> None:
    """The test above can fail."""
    path = tmp_path / "code.py"
    path.write_text(code)

    assert [name for name in calls(path) if DANGEROUS.fullmatch(name)]


def test_the_threats_are_answered() -> None:
    """SECURITY.md speaks of each kind of trouble, and what it names is there."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    for who in ("users", "articles", "admins", "operators"):
        assert re.search(rf"^## .*{who}", text, re.MULTILINE | re.IGNORECASE), who
    for path in re.findall(r"`((?:bot|corpus|retrieval|tests|docs|scripts)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for command in re.findall(r"`onrecord (\w+)", text):
        assert command in COMMANDS


@pytest.mark.parametrize("name", ["SECURITY.md", "docs/operations.md"])
def test_documents_are_true(name: str) -> None:
    """What they link to and run is there."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8")

    for target in re.findall(r"\]\((?!https:)([^)#]+)", text):
        assert (path.parent / target).exists(), target
    for module in re.findall(r"python -m (tests[\w.]+)", text):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
    for typed in re.findall(r"^(?:docker compose exec bot )?(onrecord .+)$", text, re.MULTILINE):
        assert parser().parse_args(shlex.split(typed)[1:]) is not None


@pytest.mark.parametrize(
    ("seen", "where"),
    re.findall(
        r"^\| `([^`]+)` \| (.+) \|$",
        (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    ),
)
def test_what_the_log_may_say(seen: str, where: str) -> None:
    """Each line of trouble that the operations tell of is one that the program prints."""
    assert where
    assert any(seen in source.read_text(encoding="utf-8") for source in SOURCES), seen


def test_all_licences_are_known() -> None:
    """Each package says under which licence it is, and none asks the bot to take its own."""
    found = {name: licences.licence(name) for name, _ in licences.packages()}

    assert len(found) > 30
    assert all(found.values()), found
    choices = {name: said.split(" OR ") for name, said in found.items()}
    assert not [
        name
        for name, said in choices.items()
        if all(re.search(r"(?<!L)GPL|AGPL", each) for each in said)
    ]
