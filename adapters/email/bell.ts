/** A flag one side raises and the other waits for; raising it twice before it is heard is once. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or at once when it rang since last heard. */
  heard(): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async heard() {
      if (!rung)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      wake = undefined;
      rung = false;
    },
  };
}
