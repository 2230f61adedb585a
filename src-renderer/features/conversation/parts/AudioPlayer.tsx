import './player.css';
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormats, useT } from '../../../i18n/react.ts';

const speeds = [1, 1.5, 2] as const;

/** Plays a sound: the waveform shows how far it is and takes one anywhere, by key too. */
export function AudioPlayer({
  url,
  name,
  durationMs,
  samples,
}: {
  url: string;
  name: string;
  durationMs: number | undefined;
  /** Loudness over time, 0 to 1; absent where nobody measured it. */
  samples: readonly number[] | undefined;
}) {
  const t = useT();
  const formats = useFormats();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState((durationMs ?? 0) / 1000);
  const [speed, setSpeed] = useState(0);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speeds[speed] ?? 1;
  }, [speed]);
  const toggle = (): void => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    for (const other of document.querySelectorAll('audio')) if (other !== element) other.pause();
    element.play().catch(() => setBroken(true));
  };
  const seek = (seconds: number): void => {
    if (audio.current) audio.current.currentTime = seconds;
    setAt(seconds);
  };
  const clock = formats.duration((playing || at > 0 ? at : length) * 1000);
  return (
    <div className="player">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript, where there is one, stands below */}
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) setLength(duration);
        }}
        onEnded={() => setAt(0)}
        onError={() => setBroken(true)}
      />
      <button
        type="button"
        className="player-play"
        aria-label={t(playing ? 'player.pause' : 'player.play', { name })}
        onClick={toggle}
      >
        {playing ? <Pause /> : <Play />}
      </button>
      <div className="player-track">
        {samples ? <Waveform samples={samples} part={length > 0 ? at / length : 0} /> : null}
        <input
          type="range"
          className={samples ? 'player-range player-over' : 'player-range'}
          min={0}
          max={Math.max(length, 0.1)}
          step={0.1}
          value={Math.min(at, Math.max(length, 0.1))}
          aria-label={t('player.position')}
          aria-valuetext={clock}
          onChange={(event) => seek(Number(event.target.value))}
        />
      </div>
      <span className="audio-length">{broken ? t('player.broken') : clock}</span>
      <button
        type="button"
        className="player-speed"
        aria-label={t('player.speed', { speed: speeds[speed] ?? 1 })}
        onClick={() => setSpeed((speed + 1) % speeds.length)}
      >
        {formats.number(speeds[speed] ?? 1)}×
      </button>
    </div>
  );
}

/** As many bars as there is room for, whether more or fewer were measured. */
const bars = 40;

function Waveform({ samples: measured, part }: { samples: readonly number[]; part: number }) {
  const step = 4;
  const samples = Array.from({ length: bars }, (_, bar) => measured[Math.floor((bar * measured.length) / bars)] ?? 0);
  return (
    <svg className="waveform" viewBox={`0 0 ${samples.length * step} 24`} preserveAspectRatio="none" aria-hidden="true">
      {samples.map((sample, index) => {
        const height = Math.max(2, sample * 24);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: samples of one fixed sound, never moved
            key={index}
            data-played={index < part * samples.length}
            x={index * step}
            y={12 - height / 2}
            width={step - 1.5}
            height={height}
            rx="1"
          />
        );
      })}
    </svg>
  );
}
