#!/bin/bash
# The two roles and the database, made once by the database's image; the same as caricom_portal/services/postgres.py.
set -eu
psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres \
  -v owner_password="$PORTAL_OWNER_PASSWORD" -v app_password="$PORTAL_APP_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB PASSWORD :'owner_password';
CREATE ROLE portal_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB PASSWORD :'app_password';
ALTER ROLE portal_owner SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE portal_app SET idle_in_transaction_session_timeout = '60s';
GRANT pg_read_all_stats TO portal_app;
CREATE DATABASE portal OWNER portal_owner;
\connect portal
GRANT USAGE ON SCHEMA public TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE ON SEQUENCES TO portal_app;
SQL
