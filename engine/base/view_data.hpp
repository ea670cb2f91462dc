// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a view step makes and a plot draws: the columns of a view's Frame, by kind. A plot knows no
// design and a step no plot; they meet here.
//
// line         series, style, x, y [, low, high] [, label]
// reliability  series, style, x (mean score), y (observed rate), low, high (interval of y), count,
//              lower, upper (the bin's edges)
// histogram    series, style, lower, upper, y
// roc          series, style, x (false positive rate), y (true positive rate), threshold (rows that
//              score at least that are called positive; missing where none are)
// pr           series, style, x (recall), y (precision), threshold
// ecdf         series, style, x (value), y (share of rows at or below it), count (those rows)
// scatter      series, style, x, y   (a point a row; truth and guides are lines)
// heatmap      x, y, value [, count] [, centre]   (a row a cell, all columns of the first row of
//              cells first; x and y are the words on the axes; value missing = an empty cell;
//              centre = where a palette of two directions changes sides)
// timeline     strip, group, unit, series, style, x, y, label [, low, high] [, end]   (a strip a
//              signal, all on one x; `strip` empty = a mark or alarm across all strips; `group` is
//              the layer that a strip belongs to)
// funnel       series (arm), style, stage, x (share of the first stage), low, high (its 95%
//              interval), count, step (share of the stage before), step_low, step_high; stages in
//              order of first appearance
// number       name, value [, low, high] [, unit] [, why] [, style]   (one row a number; value
//              missing = undefined, see why)
// table        any columns
//
// `series` names the line in the legend (dictionary). `style` says how a row is drawn:
//   series   one of the four series colours, in order of first appearance
//   truth    the thin ink line without markers: known because the world is simulated
//   band     low…high at 12% of the series of the same name, no line (noise floor, intervals)
//   mark     a vertical ink line at x with `label` (the day drift began)
//   alarm    a ring at (x, y) in the colour of alarms with `label`
//   span     x…end shaded lightly with `label`: while something was broken (timeline)
//   guide    a dotted thin line (the diagonal), with its words at the point that has a `label`
//   note     not drawn: `label` is a sentence about the drawing itself ("3,000 of 50,000 rows are
//            drawn"), which stands below the figure
// A missing y breaks the line. x may be a number, or a time column.
#pragma once

namespace rehearse::view_data {

inline constexpr const char* kSeries = "series";
inline constexpr const char* kTruth = "truth";
inline constexpr const char* kBand = "band";
inline constexpr const char* kMark = "mark";
inline constexpr const char* kAlarm = "alarm";
inline constexpr const char* kSpan = "span";
inline constexpr const char* kGuide = "guide";
inline constexpr const char* kNote = "note";

// What a measure says where the data has no truth column; an expectation is then "not known".
inline constexpr const char* kNoTruth = "the truth is not known for this data";

}  // namespace rehearse::view_data
