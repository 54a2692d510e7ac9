/*! Draws with Observable Plot (ISC, © 2020–2023 Observable, Inc.) and D3 (ISC, © 2010–2023 Mike Bostock). */
import "./charts/data-chart.js";
import "./charts/chart-download.js";
