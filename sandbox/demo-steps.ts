/** What a demo prints: its steps, and whether each went as it should. */
export interface DemoSteps {
  /** Begins a step. */
  step(text: string): void;
  /** One line; `shown` returns what is printed below it if it does not hold. */
  expectThat(what: string, holds: boolean, shown?: () => string): void;
  /** The last line. Returns the exit code: 0 only if everything held. */
  finish(): 0 | 1;
}

export function createDemoSteps(): DemoSteps {
  let failed = 0;
  return {
    step: (text) => console.log(`\n── ${text}`),
    expectThat(what, holds, shown) {
      console.log(`${holds ? '  ok  ' : '  FAIL'} ${what}`);
      if (holds) return;
      failed += 1;
      if (shown !== undefined) console.log(shown().replace(/^/gm, '       | '));
    },
    finish() {
      const said = failed === 0 ? 'Everything went as it should.' : `${failed} of the above did not go as it should.`;
      console.log(`\n${said}`);
      return failed === 0 ? 0 : 1;
    },
  };
}
