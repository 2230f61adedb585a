/** RIFF/WAVE, mono, 16-bit PCM (Multimedia Programming Interface and Data Specifications 1.0). */
const rate = 8000;

/** `seconds` of sound, asking for the pressure (-1..1) at each moment. */
function wav(seconds: number, pressure: (second: number) => number): Uint8Array {
  const samples = Math.round(seconds * rate);
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index++) {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, pressure(index / rate))) * 32_000), 44 + index * 2);
  }
  return file;
}

/** A peal of bells: each strikes at its turn and rings out. Hz. */
const bells = [784, 659.3, 587.3, 392];
export const peal = (seconds: number): Uint8Array =>
  wav(seconds, (now) =>
    bells.reduce((sum, hertz, index) => {
      const since = now - (index * seconds) / (bells.length + 2);
      return since < 0 ? sum : sum + 0.3 * Math.exp(-2.2 * since) * Math.sin(2 * Math.PI * hertz * since);
    }, 0),
  );

/** Something with the rhythm of speech, for a voice note. */
export const murmur = (seconds: number): Uint8Array =>
  wav(seconds, (now) => loudness(now / seconds) * 0.5 * Math.sin(2 * Math.PI * (150 + 30 * Math.sin(now * 5)) * now));
/** How loud the murmur is, 0..1, over its length, 0..1. */
export const loudness = (share: number): number =>
  Math.abs(Math.sin(share * 23)) * (0.4 + 0.6 * Math.abs(Math.sin(share * 5.3)));
