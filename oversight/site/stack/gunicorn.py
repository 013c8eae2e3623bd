"""How gunicorn serves the pages. It has no access log: requests are logged by the application,
without addresses, query strings or bodies.
"""

from oversight.site.logs import configuration

logconfig_dict = configuration()
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108  (heartbeats, no content; a disk would block them)
control_socket_disable = True
accesslog = None
