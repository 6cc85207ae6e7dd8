/** Lines of `postgresql.conf` for a server that shares a small machine with Parley. */
export const settings = [
  // Two Parleys with their pools, and room for psql.
  'max_connections = 100',
  'shared_buffers = 64MB',
  'jit = off',
  // Queries are short: helpers for one would cost more than they bring, and shared memory besides.
  'max_parallel_workers_per_gather = 0',
  'io_method = sync',
  'wal_level = minimal',
  'max_wal_senders = 0',
  'max_logical_replication_workers = 0',
  'max_wal_size = 512MB',
  'min_wal_size = 32MB',
  "timezone = 'UTC'",
  "log_timezone = 'UTC'",
  // A week of logs, a file a day.
  'logging_collector = on',
  "log_directory = 'log'",
  "log_filename = 'postgres-%a.log'",
  'log_truncate_on_rotation = on',
  'log_rotation_age = 1d',
  'log_rotation_size = 0',
  // Statements, parameters and the details of an error hold chat text, which is never logged.
  "log_statement = 'none'",
  'log_min_error_statement = panic',
  'log_parameter_max_length_on_error = 0',
  'log_error_verbosity = terse',
]
