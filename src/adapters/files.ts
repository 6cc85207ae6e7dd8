import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { BlobStore, FileDeps } from '../files/ports.ts'
import { createDiskBlobs } from './disk-blobs.ts'
import { createDiskSpool } from './disk-spool.ts'

/** Where uploads go by the settings: a bucket, or the data directory. */
export async function openFiles(config: Config): Promise<FileDeps> {
  const directory = join(config.DATA_DIR, 'files')
  return {
    spool: createDiskSpool(join(directory, 'incoming')),
    blobs: (await openBucket(config)) ?? createDiskBlobs(join(directory, 'blobs')),
    // Loaded with the first image: it is 19 MB, and not there on every platform.
    pictures: { read: async (path) => (await import('./pictures.ts')).readPicture(path) },
  }
}

async function openBucket(config: Config): Promise<BlobStore | null> {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = config
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return null
  const { createS3Blobs } = await import('./s3-blobs.ts')
  return createS3Blobs({ endpoint, bucket, region: config.S3_REGION, accessKeyId, secretAccessKey })
}
