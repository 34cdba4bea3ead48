export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#123a5a"/>
<path d="M6 15.5 16 7l10 8.5V26H6z" fill="#fdf8ef"/>
<path d="M13.5 26v-7.5h5V26z" fill="#c4623a"/>
</svg>
`;
