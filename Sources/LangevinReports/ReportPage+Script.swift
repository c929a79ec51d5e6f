extension ReportPage {
  /// The script that moves the pictures with a slider. It requests nothing outside the page.
  static let script = #"""
    "use strict";

    // Places from -0.5 to 1.5 of the picture's size, x and y in turn; NaN where there is no point.
    function unpack(text) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const view = new DataView(bytes.buffer);
      const places = new Float32Array(bytes.length / 2);
      for (let index = 0; index < places.length; index++) {
        const number = view.getInt16(2 * index, true);
        places[index] = number === -32768 ? NaN : number / 32767 + 0.5;
      }
      return places;
    }

    function clamped(index, last) {
      return Math.min(Math.floor(index), Math.max(0, last - 1));
    }

    // Dots over those of the data; between two states they move in straight lines.
    function dotPainter(figure, canvas, last) {
      const states = unpack(canvas.dataset.states);
      const behind = unpack(canvas.dataset.behind);
      const length = 2 * Number(canvas.dataset.count);

      function dots(context, place, count, color, opacity, radius) {
        context.fillStyle = color;
        context.globalAlpha = opacity;
        for (let index = 0; index < count; index += 2) {
          const x = place(index) * canvas.width;
          const y = place(index + 1) * canvas.height;
          if (!(x > -radius && x < canvas.width + radius)) continue;
          if (!(y > -radius && y < canvas.height + radius)) continue;
          context.beginPath();
          context.arc(x, y, radius, 0, 2 * Math.PI);
          context.fill();
        }
      }

      return (context, position) => {
        const style = getComputedStyle(figure);
        const unit = canvas.width / 400;
        const start = clamped(position, last) * length;
        const end = Math.min(start + length, last * length);
        const part = position - start / length;
        dots(context, (index) => behind[index], behind.length,
          style.getPropertyValue("--data"), 0.3, 1.5 * unit);
        dots(context, (index) => states[start + index] * (1 - part) + states[end + index] * part,
          length, style.getPropertyValue("--samples"), 0.6, 1.6 * unit);
      };
    }

    // Grids of images, one below the other in a strip; between two states, one fades into the other.
    function imagePainter(canvas, last, redraw) {
      const [width, height] = [Number(canvas.dataset.width), Number(canvas.dataset.height)];
      const strip = new Image();
      strip.addEventListener("load", redraw);
      strip.src = canvas.dataset.strip;
      return (context, position) => {
        const start = clamped(position, last);
        context.imageSmoothingEnabled = false;
        const states = [[start, 1], [Math.min(start + 1, last), position - start]];
        for (const [state, opacity] of states) {
          context.globalAlpha = opacity;
          context.drawImage(
            strip, 0, state * height, width, height, 0, 0, canvas.width, canvas.height);
        }
      };
    }

    function showReverse(figure) {
      const canvas = figure.querySelector("canvas");
      const slider = figure.querySelector("input");
      const button = figure.querySelector("button");
      const output = figure.querySelector("output");
      const names = Array.from(figure.querySelectorAll("option"), (option) => option.textContent);
      const last = names.length - 1;
      const isOfImages = "strip" in canvas.dataset;
      const aspect = isOfImages ? canvas.dataset.height / canvas.dataset.width : 1;
      canvas.style.aspectRatio = 1 / aspect;
      const paint = isOfImages
        ? imagePainter(canvas, last, () => draw()) : dotPainter(figure, canvas, last);
      const still = matchMedia("(prefers-reduced-motion: reduce)");
      let position = 0;
      let request = 0;

      function draw() {
        const context = canvas.getContext("2d");
        context.globalAlpha = 1;
        context.clearRect(0, 0, canvas.width, canvas.height);
        paint(context, position);
      }

      function tell() {
        const nearest = Math.round(position);
        slider.value = nearest;
        slider.setAttribute("aria-valuetext", names[nearest]);
        output.textContent = names[nearest];
      }

      function stop() {
        cancelAnimationFrame(request);
        clearTimeout(request);
        request = 0;
        button.textContent = "Play";
      }

      function go(to) {
        position = Math.min(last, to);
        draw();
        tell();
        if (position === last) stop();
      }

      // With reduced motion, one state follows another without motion in between.
      function step() {
        go(position + 1);
        if (request) request = setTimeout(step, 700);
      }

      function play() {
        const from = position < last ? position : 0;
        button.textContent = "Pause";
        if (still.matches) {
          request = setTimeout(step, 700);
          go(Math.round(from));
          return;
        }
        let begin;
        request = requestAnimationFrame(function frame(now) {
          begin ??= now;
          request = requestAnimationFrame(frame);
          go(from + ((now - begin) / 5000) * last);
        });
      }

      slider.addEventListener("input", () => {
        stop();
        go(Number(slider.value));
      });
      button.addEventListener("click", () => (request ? stop() : play()));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
      new ResizeObserver(() => {
        const width = Math.round(canvas.clientWidth * devicePixelRatio);
        const height = Math.round(width * aspect);
        if (width === canvas.width && height === canvas.height) return;
        canvas.width = width;
        canvas.height = height;
        draw();
      }).observe(canvas);
      // When a browser returns to the page, it may restore the position of the slider.
      go(Number(slider.value));
    }

    for (const figure of document.querySelectorAll(".reverse")) showReverse(figure);
    """#
}
