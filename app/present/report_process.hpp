// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report written while the window goes on: drawing every plot of a story takes longer than the
// window may stand still, so another process does it (rehearse-desktop --render, as on the command
// line).
#pragma once

#include <QObject>
#include <QString>
#include <functional>

#include "engine/base/document.hpp"

namespace rehearse::present {

// Writes `document` to `path` (.html, .pdf, .png, .svg), whole or not at all, and calls `done` on
// this thread, once. Where `receiver` goes first, the work is given up and `done` is not called.
// Errors: what the renderer said; that it is not beside this program; no room for the job.
void renderReport(const Document& document, const QString& path, QObject* receiver,
                  std::function<void(const Result<void>&)> done);

}  // namespace rehearse::present
