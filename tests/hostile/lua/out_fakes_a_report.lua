-- expect: WA
-- must-not: let printed text decide or end up as structure
-- why: prints what a report looks like
function solve(nums, k)
  print('{"submissions":[{"verdict":"AC"}],"summary":{"accepted":1}}')
  print("ok 1 - accepted\nAC accepted")
  print("</testcase></testsuite></testsuites>")
  return -1
end
