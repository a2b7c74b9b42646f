// An adaptive stream with a choice of quality, captions, and thumbnails beside the scrubber.

const RETRIES_MAX = 10;
const RETRY_MS = 1_000;
const $ = id => document.getElementById(id);

export class Player {
  #hls = null;
  #thumbnails = [];
  #headers;
  #retries = 0;

  /** @param headers what requests to an address carry, by that address */
  constructor(headers) {
    this.#headers = headers;
    const video = $('video');
    $('play').onclick = () => (video.paused ? video.play() : video.pause());
    video.onclick = $('play').onclick;
    video.onplay = video.onpause = () => ($('play').textContent = video.paused ? 'Play' : 'Pause');
    video.ontimeupdate = video.ondurationchange = () => this.#showTime();
    $('full').onclick = () => $('screen').requestFullscreen?.() ?? video.webkitEnterFullscreen?.();
    $('seek').oninput = () => {
      video.currentTime = Number($('seek').value);
      this.#preview(Number($('seek').value));
    };
    $('seek').onpointermove = event => this.#preview(this.#timeAt(event));
    $('seek').onpointerleave = $('seek').onchange = () => ($('preview').hidden = true);
    $('quality').onchange = () => {
      this.#hls.nextLevel = Number($('quality').value);
    };
    $('captions').onchange = () => {
      this.#hls.subtitleTrack = Number($('captions').value);
    };
  }

  /**
   * Plays a stream; one that is playing already goes on where it is, with the qualities that it has
   * now.
   *
   * @param stream `hls`, and where there are any `poster` and `thumbnails` (a track of WebVTT)
   */
  async load(stream) {
    const video = $('video');
    const from = video.currentTime;
    const playing = !video.paused;
    $('player').hidden = false;
    if (stream.poster) {
      video.poster = stream.poster;
    }
    this.#open(stream.hls, from);
    await this.#readThumbnails(stream.thumbnails);
    if (playing) {
      await video.play();
    }
  }

  #open(source, from) {
    this.#hls?.destroy();
    if (!window.Hls.isSupported()) {
      $('video').src = source;
      return;
    }
    this.#hls = new window.Hls({
      startPosition: from || -1,
      xhrSetup: (request, url) =>
        Object.entries(this.#headers(url)).forEach(([name, value]) => request.setRequestHeader(name, value))
    });
    this.#hls.on(window.Hls.Events.MANIFEST_PARSED, () => {
      this.#retries = 0;
      this.#showQualities();
    });
    this.#hls.on(window.Hls.Events.SUBTITLE_TRACKS_UPDATED, () => this.#showCaptions());
    this.#hls.on(window.Hls.Events.LEVEL_SWITCHED, () => this.#showQualities());
    const hls = this.#hls;
    hls.on(window.Hls.Events.ERROR, (_, error) => this.#mend(hls, source, error));
    this.#hls.loadSource(source);
    this.#hls.attachMedia($('video'));
  }

  /** What hls.js gives up can mostly be gone on with. */
  #mend(hls, source, error) {
    if (!error.fatal || hls !== this.#hls) {
      return;
    }
    if (error.type === window.Hls.ErrorTypes.MEDIA_ERROR) {
      hls.recoverMediaError();
    } else if (this.#retries < RETRIES_MAX) {
      this.#retries += 1;
      setTimeout(() => hls === this.#hls && hls.loadSource(source), RETRY_MS);
    } else {
      $('problem').textContent = `The stream cannot be played: ${error.details}`;
      $('problem').hidden = false;
    }
  }

  #showQualities() {
    const chosen = $('quality').value || '-1';
    const names = this.#hls.levels.map(level => `${Math.min(level.width, level.height)}p`);
    const current = names[this.#hls.currentLevel];
    $('quality').replaceChildren(
      new Option(current ? `Auto (${current})` : 'Auto', '-1'),
      ...names.map((name, level) => new Option(name, String(level))));
    $('quality').value = chosen;
    $('video').dataset.quality = current ?? '';
  }

  #showCaptions() {
    const chosen = $('captions').value || '-1';
    $('captions').replaceChildren(
      new Option('Off', '-1'),
      ...this.#hls.subtitleTracks.map((track, index) => new Option(track.name, String(index))));
    $('captions').value = chosen;
    this.#hls.subtitleTrack = Number(chosen);
  }

  async #text(url) {
    const answer = await fetch(url, { headers: this.#headers(url) });
    if (!answer.ok) {
      throw new Error(`${url} answered ${answer.status}`);
    }
    return answer.text();
  }

  async #readThumbnails(url) {
    this.#thumbnails = url ? thumbnails(await this.#text(url), new URL(url, location.href)) : [];
  }

  #timeAt(event) {
    const box = $('seek').getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return part * Number($('seek').max);
  }

  #preview(time) {
    const picture = this.#thumbnails.find(each => time >= each.from && time < each.to)
      ?? this.#thumbnails.at(-1);
    $('preview').hidden = !picture;
    if (picture) {
      const { style } = $('preview');
      const room = $('screen').clientWidth - picture.width;
      style.width = `${picture.width}px`;
      style.height = `${picture.height}px`;
      style.backgroundImage = `url("${picture.url}")`;
      style.backgroundPosition = `-${picture.x}px -${picture.y}px`;
      style.left = `${Math.max(0, room * (time / Number($('seek').max)))}px`;
      $('at').textContent = clock(time);
    }
  }

  #showTime() {
    const video = $('video');
    const duration = Number.isFinite(video.duration) ? video.duration : 0;
    $('seek').max = String(duration);
    if (!$('seek').matches(':active')) {
      $('seek').value = String(video.currentTime);
    }
    $('time').textContent = `${clock(video.currentTime)} / ${clock(duration)}`;
  }
}

/** The parts of a sprite and their times, as a track of WebVTT says. */
export function thumbnails(text, base) {
  const cue = /(?:(\d+):)?(\d+):(\d+\.\d+) --> (?:(\d+):)?(\d+):(\d+\.\d+).*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;
  const seconds = (hours, minutes, rest) => Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest);
  return [...text.matchAll(cue)].map(found => ({
    from: seconds(found[1], found[2], found[3]),
    to: seconds(found[4], found[5], found[6]),
    url: new URL(found[7], base).href,
    x: Number(found[8]),
    y: Number(found[9]),
    width: Number(found[10]),
    height: Number(found[11])
  }));
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = number => String(number).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}
