// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a thumbnail of a design shows: the first of its plots that is no repeated experiment, run
// alone and on one thread. Slow, for a worker thread.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "engine/base/document.hpp"

namespace rehearse::present {

struct ThumbnailSource {
  std::string key;  // content hash of the view: another picture, another key
  Figure figure;    // without data where `known` said that the picture is there
};

// `isPlot`: kinds that can be drawn; `known`: the picture of this key is there already.
// Errors: the file does not trace, it has no plot to show, the run failed or was stopped.
Result<ThumbnailSource> thumbnailSource(const std::string& path,
                                        const std::function<bool(const std::string&)>& isPlot,
                                        const std::function<bool(const std::string&)>& known,
                                        std::stop_token stop);

}  // namespace rehearse::present
