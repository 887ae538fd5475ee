"""How gunicorn serves the program: gunicorn --config python:congress.gunicorn

Threads, because a request waits for the database more than it computes. The program is loaded
before the workers are made, so that a wrong setting stops the start instead of every worker.
"""

from gunicorn.glogging import Logger

from congress import environment
from congress.log_lines import LogLine


class MaskedLog(Logger):
    """gunicorn's own complaints name the address with all that was searched for."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LogLine(self.error_fmt, self.datefmt))


logger_class = MaskedLog
wsgi_app = "congress.wsgi"
preload_app = True
bind = f"127.0.0.1:{environment.number('PORT', 8000, minimum=1)}"
workers = environment.number("WORKERS", 2, minimum=1)
threads = 4
# A long report or import must not end with its worker.
timeout = 120
max_requests = 1000
max_requests_jitter = 100
loglevel = "warning"


def when_ready(server):
    print(f"已启动：http://{bind}/（按 Ctrl+C 停止）", flush=True)
