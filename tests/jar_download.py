"""Downloads the jars of a Neo4j server: `python jar_download.py VERSION FOLDER`.

It prints the path of each jar; or one line that says why there are none, and exits with 1. It is a process of
its own since jgo leaves its connections to the garbage collector, which would close them, with a warning, in
the middle of whatever test runs then.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

MAVEN = "repo1.maven.org"


def main() -> int:
    version, folder = sys.argv[1], Path(sys.argv[2])
    import requests
    from jgo.env import EnvironmentBuilder
    from jgo.maven import MavenContext

    logging.getLogger("jgo").setLevel(logging.ERROR)
    context = MavenContext(
        repo_cache=folder / "repository", remote_repos={"central": f"https://{MAVEN}/maven2"}, timeout=60
    )
    coordinates = f"org.neo4j.app:neo4j-server:{version}+org.neo4j:neo4j:{version}"
    try:
        environment = EnvironmentBuilder(context, cache_dir=folder).from_endpoint(coordinates)
    except requests.RequestException as error:
        why = f"cannot be downloaded: no connection to {MAVEN} ({type(error).__name__})"
    except OSError as error:
        why = f"cannot be kept in {folder}: {one_line(error)}"
    except Exception as error:  # noqa: BLE001 - whatever jgo raises, the caller says it
        why = f"cannot be had from Maven Central: {one_line(error)}"
    else:
        sys.stdout.write("\n".join(str(jar) for jar in environment.all_jars))
        return 0
    sys.stdout.write(why)
    return 1


def one_line(error: BaseException) -> str:
    """An error as one line that is not too long."""
    return " ".join(str(error).split())[:300] or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
