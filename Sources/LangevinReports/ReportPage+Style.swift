extension ReportPage {
  /// The style sheet, for large and small screens, in a light and a dark color scheme.
  static let style = """
    :root {
      color-scheme: light dark;
      --page: #fff;
      --text: #1c2024;
      --quiet: #5a6169;
      --rule: #e1e4e8;
      --soft: #f4f5f7;
      --grid: #eceef1;
      --samples: #0072b2;
      --data: #868d95;
      --good: #007a5a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #14171a;
        --text: #e2e5e9;
        --quiet: #a1a8b0;
        --rule: #2d3238;
        --soft: #1c2025;
        --grid: #23282d;
        --samples: #5bb4ea;
        --data: #8b939b;
        --good: #45c39c;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    body {
      margin: 0 auto;
      max-width: 58rem;
      padding: 2.5rem 1.25rem 3rem;
      background: var(--page);
      color: var(--text);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
      font-variant-numeric: tabular-nums lining-nums;
      overflow-wrap: break-word;
    }
    h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; }
    h2 { margin: 0 0 0.5rem; font-size: 1.3rem; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
    h3 { margin: 0 0 0.25rem; font-size: 0.875rem; font-weight: 600; }
    p { margin: 0 0 1rem; max-width: 40rem; text-wrap: pretty; }
    a { color: var(--samples); text-underline-offset: 0.2em; text-decoration-thickness: 1px; }
    :focus-visible { outline: 2px solid var(--samples); outline-offset: 2px; border-radius: 3px; }
    small, .note, figcaption { font-size: 0.8125rem; line-height: 1.45; color: var(--quiet); }
    figure { margin: 0; }
    figcaption { margin-top: 0.4rem; max-width: 40rem; }
    figcaption span { display: block; }
    figure + dl { margin-top: 1.5rem; }
    section { margin-top: 3rem; padding-top: 1.75rem; border-top: 1px solid var(--rule); }
    footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
    footer p { margin: 0; font-size: 0.8125rem; color: var(--quiet); }
    .hidden, .skip:not(:focus) {
      position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
    }
    .summary { margin: 0.6rem 0 1.5rem; font-size: 1.1rem; color: var(--quiet); }

    dl { margin: 0; }
    dd { margin: 0; }
    main dl > div {
      display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: 0 1rem;
      padding: 0.4rem 0; border-top: 1px solid var(--grid);
    }
    main dl > div:first-child { border-top: 0; }
    main dt { color: var(--quiet); }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; }
    .figures > div { display: flex; flex-direction: column; padding: 0.75rem 0.9rem; border-radius: 0.5rem; background: var(--soft); }
    .figures dt { font-size: 0.8125rem; line-height: 1.35; color: var(--quiet); }
    .figures dd { order: -1; font-size: 1.4rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 1.5rem 0 0; padding: 0; list-style: none; font-size: 0.9375rem; }

    .key { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0 0 0.5rem; padding: 0; list-style: none; font-size: 0.8125rem; color: var(--quiet); }
    .key li::before { content: ""; display: inline-block; width: 0.7em; height: 0.7em; margin-right: 0.4em; border-radius: 50%; }
    .key .data::before { background: var(--data); }
    .key .samples::before { background: var(--samples); }

    .chart {
      display: grid; grid-template-columns: calc(var(--digits) * 0.62em + 0.5em) minmax(0, 1fr);
      font-size: 0.75rem; line-height: 1; color: var(--quiet);
    }
    .chart svg { grid-column: 2; width: 100%; aspect-ratio: var(--shape); overflow: visible; }
    .chart .y { position: relative; grid-column: 1; }
    .chart .y span { position: absolute; right: 0.5em; transform: translateY(-50%); white-space: nowrap; }
    .chart .x { position: relative; grid-column: 2; height: 1.6em; }
    .chart .x span { position: absolute; bottom: 0; white-space: nowrap; }
    .chart .y-label { grid-column: 1 / -1; margin-bottom: 0.5em; }
    .chart .x-label { grid-column: 2; margin-top: 0.5em; text-align: center; }
    svg path, svg rect { vector-effect: non-scaling-stroke; fill: none; }
    svg .grid { stroke: var(--grid); stroke-width: 1; }
    svg .edge { stroke: var(--rule); stroke-width: 1; }
    svg .line { stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; }
    svg .thin { stroke-width: 1; opacity: 0.4; }
    svg .dots { stroke-width: 2.6; stroke-linecap: round; opacity: 0.5; }
    svg .few { stroke-width: 3.4; opacity: 0.7; }
    svg .data { stroke: var(--data); }
    svg .samples { stroke: var(--samples); }
    svg .area, svg rect { stroke: none; fill: var(--data); opacity: 0.45; }
    .wide { max-width: 44rem; }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr)); gap: 1.25rem 2rem; }
    .pair figcaption { grid-column: 1 / -1; margin: 0; }
    .pair + .pair { margin-top: 2rem; }
    .pair h3::first-letter, .matrix caption::first-letter { text-transform: uppercase; }
    .multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: 1.75rem 2rem; }
    .wider { grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
    .categories { width: 100%; table-layout: fixed; font-size: 0.8125rem; line-height: 1.35; align-self: start; }
    .categories caption { margin-bottom: 0.35rem; font-size: 0.875rem; font-weight: 600; text-align: left; }
    .categories th { width: 32%; padding: 0.2rem 0.5rem 0.2rem 0; font-weight: 400; overflow: hidden; text-overflow: ellipsis; }
    .categories td, .categories th + td ~ th { width: 4.4rem; padding-right: 0; text-align: right; color: var(--quiet); white-space: nowrap; }
    .categories thead th { color: var(--quiet); }
    .categories td.bars { width: auto; }
    .bar { height: 0.45rem; min-width: 1px; border-radius: 0 2px 2px 0; }
    .bar.data { background: var(--data); opacity: 0.6; }
    .bar.samples { background: var(--samples); }

    .grids { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1.5rem; }
    .images { margin: 0; }
    .images img { display: block; width: 100%; image-rendering: pixelated; }
    .reverse { max-width: 32rem; }
    .reverse canvas { display: block; width: 100%; aspect-ratio: 1; border: 1px solid var(--rule); border-radius: 0.5rem; }
    .reverse .controls { display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: 0.25rem 0.9rem; margin-top: 0.75rem; }
    .reverse output { grid-column: 1 / -1; font-size: 0.875rem; color: var(--quiet); }
    input[type="range"] { width: 100%; height: 2rem; margin: 0; accent-color: var(--samples); }
    button {
      min-width: 5rem; padding: 0.4rem 0.9rem; border: 1px solid var(--data); border-radius: 0.4rem;
      background: var(--page); color: var(--text); font: inherit; font-size: 0.9375rem; cursor: pointer;
    }
    button:hover { background: var(--soft); }

    table { border-collapse: collapse; }
    th { text-align: left; font-weight: 600; }
    .distances { width: 100%; margin-bottom: 1rem; }
    .distances ~ .note { margin-bottom: 0.25rem; }
    .distances th, .distances td { padding: 0.5rem 0 0.5rem 1rem; border-top: 1px solid var(--grid); vertical-align: top; }
    .distances th:first-child { padding-left: 0; }
    .distances thead > tr > * { padding-top: 0; border-top: 0; font-size: 0.8125rem; font-weight: 400; color: var(--quiet); }
    .distances td, .distances thead th:nth-child(n + 2) { text-align: right; white-space: nowrap; }
    .distances small { display: block; font-weight: 400; }
    .distances .check { margin-left: 0.4em; color: var(--good); }
    .distances .ranges { width: 11rem; padding-left: 2rem; }
    .distances .ranges svg { display: block; width: 100%; height: 1.5rem; overflow: visible; }
    .distances .ranges .key { flex-wrap: nowrap; margin: 0; }
    .distances .ranges .dots { stroke-width: 7; opacity: 1; }
    @media (max-width: 44rem) {
      .distances .ranges { display: none; }
      .distances, .distances thead, .distances tbody { display: block; }
      .distances tr { display: grid; grid-template-columns: 1fr 1fr; padding: 0.6rem 0; border-top: 1px solid var(--grid); }
      .distances thead > tr { padding: 0 0 0.4rem; border: 0; }
      .distances tr > th:first-child { grid-column: 1 / -1; }
      .distances thead > tr > th:first-child { display: none; }
      .distances tr > :is(th, td) { padding: 0 0.75rem 0 0; border: 0; text-align: left !important; }
      .distances td { margin-top: 0.3rem; }
    }

    .matrices { display: flex; flex-wrap: wrap; gap: 1.5rem 2rem; margin-bottom: 1rem; }
    .scroll { max-width: 100%; overflow-x: auto; }
    .matrix { font-size: 0.75rem; line-height: 1; }
    .matrix caption { margin-bottom: 0.5rem; font-size: 0.875rem; font-weight: 600; text-align: left; }
    .matrix th { font-weight: 400; color: var(--quiet); max-width: 7rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .matrix th[scope="row"] { padding-right: 0.5rem; text-align: right; }
    .matrix th[scope="col"] { padding-bottom: 0.4rem; vertical-align: bottom; }
    .matrix th span { display: block; writing-mode: vertical-rl; rotate: 180deg; max-height: 7rem; margin: auto; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .matrix tbody td { min-width: 2.5rem; height: 2.1rem; padding: 0 0.2rem; border: 1px solid var(--page); text-align: center; }
    .matrix { --most: 0.65; }
    .matrix.small { --most: 1; }
    .matrix.small tbody td { min-width: 0.9rem; height: 0.9rem; padding: 0; }
    .matrix .above { background: color-mix(in srgb, #0072b2 calc(var(--most) * var(--strength)), var(--soft)); }
    .matrix .below { background: color-mix(in srgb, #d55e00 calc(var(--most) * var(--strength)), var(--soft)); }

    @media (max-width: 30rem) {
      body { padding: 1.5rem 1rem 2rem; }
      h1 { font-size: 1.6rem; }
      section { margin-top: 2.25rem; padding-top: 1.5rem; }
      .figures { grid-template-columns: 1fr 1fr; }
      main dl > div { grid-template-columns: 1fr; }
      main dt { font-size: 0.8125rem; }
    }
    @media print { nav, .controls { display: none; } section { break-inside: avoid-page; } }
    """
}
