/* Getting the app onto the home screen. One rule: only the way that works on this phone is told, with a picture where words are not enough. */
import { install, promptInstall } from '../state';
import { Icon } from './icon';
import { later } from './laterwords';

export function InstallHelp() {
  const { canPrompt, installed, ios } = install.value;
  return (
    <section class="box">
      <h2>{later().installTitle}</h2>
      {installed ? (
        <p class="row">
          <Icon name="check" class="good" />
          {later().installed}
        </p>
      ) : (
        <>
          <p class="small">{later().installWhy}</p>
          {canPrompt && (
            <button onClick={() => void promptInstall()}>
              <Icon name="plus" />
              {later().installTitle}
            </button>
          )}
          {ios && (
            <>
              <SharePicture />
              <ol class="numbered">
                {later().installIos.map(line => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            </>
          )}
          {!canPrompt && !ios && <p>{later().installOther}</p>}
        </>
      )}
    </section>
  );
}

/** A phone with its share key and the row "Add to Home Screen": drawn, so that it needs no picture file and follows the theme. */
function SharePicture() {
  return (
    <svg class="picture" viewBox="0 0 320 150" role="img" aria-label={later().installPicture}>
      <rect x="6" y="6" width="130" height="138" rx="16" />
      <path d="M6 108h130" />
      <g transform="translate(59 114)">
        <path d="M12 14V2M8 5.5L12 2l4 3.5M6 9H4v13h16V9h-2" />
      </g>
      <circle class="light" cx="71" cy="127" r="17" stroke-width="3" />
      <path d="M150 75h22M165 68l8 7-8 7" class="light" stroke-width="3" />
      <rect x="186" y="30" width="128" height="90" rx="14" />
      <path d="M186 60h128M186 90h128M198 45h60M198 105h50" opacity=".5" />
      <rect class="light" x="191" y="62" width="118" height="26" rx="6" stroke-width="3" />
      <path d="M199 75h64M286 68h14v14h-14zM293 71.5v7M289.5 75h7" />
    </svg>
  );
}
