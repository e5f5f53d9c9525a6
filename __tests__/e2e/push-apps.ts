import { type BuiltImage, buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import type { World } from '../../sandbox/world.ts';

export interface PushedApp extends BuiltImage {
  /** `registry/acme/app-1`. */
  readonly name: string;
  /** The same by digest. */
  readonly pinned: string;
}

/** Pushes images with the tag `1`, each into a repository of its own. `worldOf`: known once the tests run. */
export function createAppPusher(worldOf: () => World): () => Promise<PushedApp> {
  let images = 0;
  return async () => {
    images += 1;
    const world = worldOf();
    const repository = `acme/app-${images}`;
    const image = buildImage({ content: repository });
    await pushImage(world.registryUrl, repository, image, { tag: '1', ...(await world.pushLogin(repository)) });
    const name = `${world.host}/${repository}`;
    return { ...image, name, pinned: `${name}@${image.digest}` };
  };
}
