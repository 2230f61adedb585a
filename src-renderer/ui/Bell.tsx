/** The product's mark: a bell with the wave it sends out. Decorative. */
export function Bell({ size = 22 }: { size?: number }) {
  return (
    <svg className="bell" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" fill="none">
      <path
        d="M12 3.2c-3.7 0-6 2.7-6 6.3v3.6c0 1-.4 1.9-1.1 2.6l-.6.6c-.5.5-.1 1.3.5 1.3h14.4c.6 0 1-.8.5-1.3l-.6-.6c-.7-.7-1.1-1.6-1.1-2.6V9.5c0-3.6-2.3-6.3-6-6.3Z"
        fill="var(--accent)"
      />
      <circle cx="12" cy="19.6" r="2" fill="var(--accent)" />
      <path
        d="M2.4 9.6a9 9 0 0 1 2-4.6M21.6 9.6a9 9 0 0 0-2-4.6"
        stroke="var(--accent)"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
