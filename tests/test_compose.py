"""docker-compose.yml holds what the documentation says; there is no engine here to run it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.neo4j_server import CURRENT, USER

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_whole_file(compose: dict[str, Any]) -> None:
    service = compose["services"]["neo4j"]
    without_login = {**service, "environment": {**service["environment"], "NEO4J_AUTH": None}}
    assert {**compose, "services": {**compose["services"], "neo4j": without_login}} == {
        "name": "orgmodel",
        "services": {
            "neo4j": {
                "image": f"neo4j:{CURRENT}",
                "restart": "unless-stopped",
                "ports": ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"],
                "environment": {
                    "NEO4J_AUTH": None,
                    "NEO4J_dbms_usage__report_enabled": "false",
                    "NEO4J_server_fleet__discovery_enabled": "false",
                },
                "volumes": ["data:/data"],
                "healthcheck": {
                    "test": [
                        "CMD",
                        "wget",
                        "--quiet",
                        "--output-document=/dev/null",
                        "http://127.0.0.1:7474",
                    ],
                    "interval": "5s",
                    "timeout": "5s",
                    "retries": 3,
                    "start_period": "60s",
                },
            }
        },
        "volumes": {"data": None},
    }


def test_without_a_password_compose_stops_and_says_which_variable_to_set(compose: dict[str, Any]) -> None:
    login = compose["services"]["neo4j"]["environment"]["NEO4J_AUTH"]
    form = re.fullmatch(r"(\w+)/\$\{(\w+):\?(.+)\}", login)
    assert form is not None
    user, variable, message = form.groups()
    assert (user, variable) == (USER, "NEO4J_PASSWORD")
    assert (
        message
        == "Set NEO4J_PASSWORD to the password that the user neo4j is to have, of 8 characters or more"
    )


def test_the_documentation_names_the_variable_and_what_is_published(compose: dict[str, Any]) -> None:
    text = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
    assert "NEO4J_PASSWORD=... docker compose up -d" in text
    published = [port.split(":")[1] for port in compose["services"]["neo4j"]["ports"]]
    assert published == ["7474", "7687"]
    assert re.findall(r"http://localhost:(\d+)", text) == ["7474"]
