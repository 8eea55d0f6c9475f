"""A standalone cluster on this machine, started and stopped by the tests."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pyspark

MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Cluster:
    """A master and its workers, each a process group that is ended with its executors.

    Args:
        folder: where the workers keep what they work on.
        memory: of each worker, as Java writes it.
    """

    def __init__(self, folder: Path, memory: str) -> None:
        self.folder, self.memory = folder, memory
        self.port, self.groups = free_port(), []
        self.address = f"spark://127.0.0.1:{self.port}"
        self.master = self.started(
            MASTER, "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0"
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.5)
        raise AssertionError("The master did not answer within two minutes.")

    def worker(self, *before: str) -> subprocess.Popen:
        """Start a worker of one core, behind another command if one is named."""
        return self.started(
            WORKER, "--host", "127.0.0.1", "--cores", "1", "--memory", self.memory, "--webui-port",
            "0", "--work-dir", str(self.folder / "work"), self.address, before=before,
        )  # fmt: skip

    def started(self, *command: str, before: Sequence[str] = ()) -> subprocess.Popen:
        """Start one of Spark's own classes."""
        home = Path(pyspark.__file__).parent
        environment = os.environ | {
            "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
        }  # fmt: skip
        process = subprocess.Popen(
            [*before, str(home / "bin" / "spark-class"), *command],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self.groups.append(process)
        return process

    def killed(self, process: subprocess.Popen) -> None:
        """Kill a process of the cluster with all that it started."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.groups.remove(process)

    def stop(self) -> None:
        """Kill the workers and the master."""
        for process in [*self.groups]:
            self.killed(process)
