export { formatBytes, formatBytesPerMinute, formatBytesPerSecond, formatNumber } from './bytes.ts';
export { formatClock, formatDuration } from './duration.ts';
export { escapeControls } from './escape-controls.ts';
export { renderJson } from './json/render-json.ts';
export { renderLiveLine, type LiveCounter, type LiveStatus } from './terminal/render-live-line.ts';
export { renderTerminal, type TerminalOptions } from './terminal/render-terminal.ts';
