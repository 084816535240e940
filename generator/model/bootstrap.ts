/** An object by which one tells how far a cluster is. */
export interface ExpectedObject {
  /** As kubectl takes it, such as `gitrepositories.source.toolkit.fluxcd.io`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name: string;
  /** What it says if it is ours, by field (`spec.url`); with other values it is somebody else's. */
  readonly fields: Readonly<Record<string, string>>;
}

/** One of the first steps by which a cluster comes to follow its tree. */
export interface BootstrapStep {
  /** What is done, as an order. */
  readonly title: string;
  /** Program and arguments, without a shell; absent: a person does it. No credential is among them. */
  readonly command?: readonly string[];
  /** Where the command is run. */
  readonly folder: 'repository' | 'cluster';
  /** Files of the cluster's folder that it reads. */
  readonly reads: readonly string[];
  /** With all of these there, the step is done. None: nothing tells. */
  readonly makes: readonly ExpectedObject[];
  /** It is not run by Espalier: it asks for credentials, or commits. */
  readonly isByHand: boolean;
  /** What else a person should know. */
  readonly note?: string;
}
