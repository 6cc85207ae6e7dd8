import type postgres from 'postgres'

/**
 * `epoch` names this life of the database: another server, timeline, database or restore is another
 * one. `name` stays over a failover, so that all nodes use it alike at any time.
 */
export async function readIdentity(sql: postgres.Sql): Promise<{ epoch: string; name: string }> {
  const [row] = await sql`
    select
      system.system_identifier::text || '.' || base.oid as name,
      system.system_identifier::text || '.' || checkpoint.timeline_id || '.' || base.oid || '.' || left(meta.epoch::text, 8) as epoch
    from pg_control_system() system, pg_control_checkpoint() checkpoint, pg_database base, meta
    where base.datname = current_database()`
  return { epoch: String(row?.['epoch']), name: String(row?.['name']) }
}
