// SPDX-License-Identifier: GPL-3.0-or-later
//
// The desktop part, from the command line's side. `rehearse` starts in milliseconds because it
// links no Qt; what draws (the window, --plot, --report) is asked of `rehearse-desktop`, which
// lies beside it and renders offscreen. Where it is not installed, the error says so.
#pragma once

#include <string>
#include <vector>

#include "app/cli/child_process.hpp"
#include "engine/base/document.hpp"
#include "engine/base/error.hpp"

namespace rehearse::cli {

bool has_display();

// Replaces this process by the window; returns only with an error.
Result<void> exec_desktop(const std::vector<std::string>& arguments);

// Renders to .html, .pdf, .png or .svg by the ending of `path`. PNG and SVG draw the first plot.
Result<void> render(const Document& document, const std::string& path);

}  // namespace rehearse::cli
