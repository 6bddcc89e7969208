"""Places, cases and answers in a browser: pages and a JSON API over the same read models.

`create_app` in `app.py` puts together what the modules of `pages/` and `api/` export:

- `handlers`: the module's route handlers (required);
- `ways`: ways into the module from the header and the front page (`parts.Way`);
- `dependencies`: what its handlers ask for by name, beside `page` and `places`.

Nothing is calculated here.
"""
