import { entry } from '../entry.ts';

export const secretsCatalogue = {
  'secret-not-decrypted': entry<{ readonly app: string; readonly cluster: string; readonly agent: string }>({
    severity: 'error',
    title: 'A Secret that SOPS has encrypted would stay encrypted',
    explain: `The app has a Secret that SOPS has encrypted, and the cluster's agent does not decrypt it: the API server would be given what SOPS wrote, or refuse it. Flux (\`fluxv2\`, \`azureArc\`) decrypts. Argo CD has no decryption of its own, and what plugins do is not for Espalier to assume; Config Sync has none. (Manifests for clusters without an agent are for whoever applies them.)

Let External Secrets make the Secret there (an ExternalSecret in the template), or place the app on clusters with Flux. See [secrets](../secrets.md).`,
    message: ({ app, cluster, agent }) =>
      `Cannot write app "${app}" for cluster "${cluster}": it has a Secret that SOPS has encrypted, and ${agent} does not decrypt it`,
    hint: () => 'Use an ExternalSecret in the template instead, or place the app on clusters with Flux',
  }),
  'unfit-credentials': entry<{ readonly name: string; readonly reason: string }>({
    severity: 'error',
    title: 'An ExternalSecret would not make credentials that the agent can use',
    explain: `\`spec.git.secretRef.external\` says which entry of a secret store holds the credentials of a Git repository, and which of its properties is what. They are one way to sign in that goes with the address: \`username\` and \`password\`, or \`bearerToken\`, over HTTPS; \`identity\` and \`knownHosts\` over SSH. A store that is written with the tree (\`provider\`) refers to credentials, and holds none. See [secrets](../secrets.md).`,
    message: ({ name, reason }) => `Cannot make the credentials of sync object "${name}": ${reason}`,
    hint: () => 'Correct spec.git.secretRef.external',
  }),
};
